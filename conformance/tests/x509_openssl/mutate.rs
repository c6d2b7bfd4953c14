//! Certificates with one or two changes, the same ones in every run.

use crate::tree::{Content, Length, Node};

/// A small generator of numbers that look random: `SplitMix64`.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(1);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    fn octet(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let choice = choices.get(self.below(choices.len()));
        choice.copied().unwrap_or_default()
    }
}

/// Tags that an element may get instead of its own: all universal ones that certificates have, and
/// some that they have not.
const TAGS: [u8; 20] = [
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1c,
    0x1e, 0x30, 0x31, 0xa0,
];
const TIMES: [&str; 19] = [
    "491231235959Z",
    "500101000000Z",
    "700101000000Z",
    "260229000000Z",
    "240229000000Z",
    "260631000000Z",
    "261301000000Z",
    "2611210000Z",
    "261121000000+0100",
    "261121235960Z",
    "261121240000Z",
    "20261121000000Z",
    "20491231235959Z",
    "20261121000000.5Z",
    "19500101000000Z",
    "19700101000000Z",
    "99991231235959Z",
    "00000101000000Z",
    "",
];
const INTEGERS: [&[u8]; 10] = [
    &[],
    &[0],
    &[1],
    &[2],
    &[3],
    &[0x7f],
    &[0x80],
    &[0xff],
    &[0, 0, 1],
    &[
        0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    ],
];
/// Attributes of names, extensions, algorithms and curves; and one that does not end.
const IDENTIFIERS: [&[u8]; 16] = [
    &[0x55, 4, 3],
    &[0x55, 4, 5],
    &[0x55, 4, 10],
    &[0x55, 4, 41],
    &[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1],
    &[0x55, 0x1d, 14],
    &[0x55, 0x1d, 15],
    &[0x55, 0x1d, 19],
    &[0x55, 0x1d, 35],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5],
    &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2],
    &[0x2b, 0x81, 4, 0, 34],
    &[0x2a, 0x03, 4],
    &[],
    &[0x55, 0x9d],
];
const STRINGS: [&[u8]; 12] = [
    b"",
    b" led and trailed ",
    b"two  spaces",
    b"a,b+c\"d\\e<f>g;h#i=j",
    b"#hash",
    b"tab\tline\nnul\0",
    "Gr\u{fc}\u{df}e \u{20ac} \u{1f511}".as_bytes(),
    b"\xe4 in Latin-1",
    b"\0B\0M\0P",
    b"\xd8\x3d\xdd\x11",
    "\u{202e}turned".as_bytes(),
    b"*@_",
];

/// Changes the certificate in one or two places.
pub(crate) fn mutate(root: &Node, numbers: &mut Numbers) -> Vec<u8> {
    let mut root = root.clone();
    for _ in 0..=numbers.below(8) / 7 {
        let number = numbers.below(root.count());
        match root.find(number) {
            Some((nodes, place)) => change(nodes, place, numbers),
            None => root.length = numbers.pick(&[Length::Padded, Length::Indefinite]),
        }
    }
    let mut der = root.write();
    if numbers.below(16) == 0 {
        change_octets(&mut der, numbers);
    }
    der
}

fn change(nodes: &mut Vec<Node>, place: usize, numbers: &mut Numbers) {
    let Some(node) = nodes.get_mut(place) else {
        return;
    };
    match numbers.below(16) {
        0 => node.tag = numbers.pick(&TAGS),
        1 => node.tag = numbers.octet(),
        2 => node.length = Length::Padded,
        3 => node.length = Length::Indefinite,
        4 => drop(nodes.remove(place)),
        5 => {
            let twin = node.clone();
            nodes.insert(place, twin);
        }
        6 => nodes.swap(place, 0),
        7 => node.content = Content::Octets(Vec::new()),
        8 => {
            if let Content::Nodes(_, inner) = &mut node.content {
                inner.push(null());
            }
        }
        9 => nodes.insert(place, null()),
        _ => replace(node, numbers),
    }
}

fn null() -> Node {
    Node {
        tag: 0x05,
        content: Content::Octets(Vec::new()),
        length: Length::Shortest,
    }
}

/// Another value of the element's own type, or some octet of it changed.
fn replace(node: &mut Node, numbers: &mut Numbers) {
    let special = match node.tag {
        0x01 => Some([numbers.octet()].to_vec()),
        0x02 => Some(numbers.pick(&INTEGERS).to_vec()),
        0x03 => Some([numbers.octet() % 9, numbers.octet()].to_vec()),
        0x06 => Some(numbers.pick(&IDENTIFIERS).to_vec()),
        0x0c..=0x16 | 0x1a..=0x1e => {
            node.tag = numbers.pick(&[node.tag, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1c, 0x1e]);
            Some(numbers.pick(&STRINGS).to_vec())
        }
        0x17 | 0x18 => {
            node.tag = numbers.pick(&[0x17, 0x18]);
            Some(numbers.pick(&TIMES).as_bytes().to_vec())
        }
        _ => None,
    };
    match (special, &mut node.content) {
        (Some(octets), content) if numbers.below(4) > 0 => *content = Content::Octets(octets),
        (_, Content::Octets(octets)) => change_octets(octets, numbers),
        (_, Content::Nodes(before, nodes)) => {
            before.iter_mut().for_each(|octet| *octet = numbers.octet());
            nodes.reverse();
        }
    }
}

fn change_octets(octets: &mut Vec<u8>, numbers: &mut Numbers) {
    let place = numbers.below(octets.len());
    match numbers.below(5) {
        0 => octets.truncate(place),
        1 => octets.insert(place, numbers.octet()),
        2 if !octets.is_empty() => drop(octets.remove(place)),
        3 => octets.push(numbers.octet()),
        _ => {
            if let Some(octet) = octets.get_mut(place) {
                *octet ^= 1 << numbers.below(8);
            }
        }
    }
}
