//! DER as a tree that can be changed and written again, with all lengths made to fit.

use rolesanywhere_conformance::der::tagged;

/// One element.
#[derive(Clone)]
pub(crate) struct Node {
    pub(crate) tag: u8,
    pub(crate) content: Content,
    /// How its length is written.
    pub(crate) length: Length,
}

#[derive(Clone)]
pub(crate) enum Content {
    Octets(Vec<u8>),
    /// Elements, and what stands before them: nothing, or the octet that counts a bit string's
    /// unused bits.
    Nodes(Vec<u8>, Vec<Node>),
}

#[derive(Clone, Copy, Default)]
pub(crate) enum Length {
    #[default]
    Shortest,
    /// With a zero octet more than it needs.
    Padded,
    Indefinite,
}

impl Node {
    /// Reads elements that fill the octets.
    pub(crate) fn all(octets: &[u8]) -> Option<Vec<Self>> {
        let (mut nodes, mut rest) = (Vec::new(), octets);
        while !rest.is_empty() {
            let (node, after) = Self::first(rest)?;
            nodes.push(node);
            rest = after;
        }
        Some(nodes)
    }

    fn first(octets: &[u8]) -> Option<(Self, &[u8])> {
        let (&tag, rest) = octets.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x83 => {
                let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                let add = |sum, octet: &u8| sum * 256 + usize::from(*octet);
                (octets.iter().fold(0, add), rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        let content = Self::content(tag, content);
        let length = Length::Shortest;
        Some((
            Self {
                tag,
                content,
                length,
            },
            rest,
        ))
    }

    /// Extensions and keys are elements within strings.
    fn content(tag: u8, octets: &[u8]) -> Content {
        let (before, inside) = match tag {
            0x03 => octets.split_at_checked(1).unwrap_or((octets, &[])),
            _ => (&[][..], octets),
        };
        let nested = tag & 0x20 != 0 || (matches!(tag, 0x03 | 0x04) && inside.len() > 1);
        match Self::all(inside).filter(|_| nested) {
            Some(nodes) => Content::Nodes(before.to_vec(), nodes),
            None => Content::Octets(octets.to_vec()),
        }
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let content = match &self.content {
            Content::Octets(octets) => octets.clone(),
            Content::Nodes(before, nodes) => {
                let nodes = nodes.iter().flat_map(Self::write);
                before.iter().copied().chain(nodes).collect()
            }
        };
        let length = content.len().to_be_bytes();
        match self.length {
            Length::Shortest => tagged(self.tag, &content),
            Length::Padded => {
                let [.., second, first] = length;
                [&[self.tag, 0x83, 0, second, first][..], &content].concat()
            }
            Length::Indefinite => [&[self.tag, 0x80][..], &content, &[0, 0]].concat(),
        }
    }

    /// The number of elements in it, itself included.
    pub(crate) fn count(&self) -> usize {
        match &self.content {
            Content::Octets(_) => 1,
            Content::Nodes(_, nodes) => 1 + nodes.iter().map(Self::count).sum::<usize>(),
        }
    }

    /// The list that holds the element of this number, counted from above and from the left, and its
    /// place there; the root has number 0 and is in no list.
    pub(crate) fn find(&mut self, number: usize) -> Option<(&mut Vec<Self>, usize)> {
        let Content::Nodes(_, nodes) = &mut self.content else {
            return None;
        };
        let mut left = number.checked_sub(1)?;
        let place = nodes.iter().position(|node| {
            let count = node.count();
            let here = left < count;
            left = if here { left } else { left - count };
            here
        })?;
        if left == 0 {
            return Some((nodes, place));
        }
        nodes.get_mut(place)?.find(left)
    }
}
