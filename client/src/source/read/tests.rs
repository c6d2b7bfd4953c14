use super::*;
use crate::source::Source;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn no_environment(_: &str) -> Option<String> {
    None
}

/// A path below a directory that goes with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let directory = format!("rolesanywhere-{}-{name}", std::process::id());
        let directory = std::env::temp_dir().join(directory);
        fs::create_dir_all(&directory).unwrap();
        Self(directory.join(name))
    }

    fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let scratch = Self::new(name);
        fs::write(&scratch.0, content).unwrap();
        scratch
    }

    fn text(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

fn read(text: &str) -> Result<Zeroizing<Vec<u8>>> {
    SourceReader::new(&no_environment).read(&Source::parse(text, "--private-key")?)
}

fn code(text: &str) -> ErrorCode {
    read(text).unwrap_err().code()
}

#[test]
fn a_file_is_read_whole() {
    let content = vec![b'x'; 10_000];
    let file = Scratch::with("whole", &content);
    assert_eq!(*read(file.text()).unwrap(), content);
    assert_eq!(*read(&format!("file:{}", file.text())).unwrap(), content);
}

#[test]
fn each_failure_of_a_file_has_its_code() {
    let empty = Scratch::with("empty", " \r\n");
    let large = Scratch::with("large", vec![b'x'; SIZE_LIMIT + 1]);
    let directory = empty.0.parent().unwrap().to_str().unwrap();
    assert_eq!(
        code(&format!("{directory}/missing")),
        ErrorCode::FileNotFound
    );
    assert_eq!(code(empty.text()), ErrorCode::FileEmpty);
    assert_eq!(code(large.text()), ErrorCode::FileTooLarge);
    assert_eq!(code(directory), ErrorCode::FileIsDirectory);
    assert_eq!(
        code(&format!("{}/below", empty.text())),
        ErrorCode::FileNotFound
    );
    assert_eq!(code("a\0b"), ErrorCode::FileUnreadable);
    assert_eq!(code(&"long".repeat(2000)), ErrorCode::FileNotFound);
}

#[test]
fn a_file_of_just_the_limit_is_read() {
    let file = Scratch::with("limit", vec![b'x'; SIZE_LIMIT]);
    assert_eq!(read(file.text()).unwrap().len(), SIZE_LIMIT);
}

#[cfg(unix)]
#[test]
fn a_device_is_bounded() {
    assert_eq!(code("/dev/zero"), ErrorCode::FileTooLarge);
    assert_eq!(code("/dev/null"), ErrorCode::FileEmpty);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_is_given_up() {
    let Some(pipe) = pipe("silent") else {
        println!("SKIP source::a_pipe_that_nobody_writes_to_is_given_up: no mkfifo here");
        return;
    };
    let started = Instant::now();
    let error = file::read(&pipe.0, "--private-key", Duration::from_millis(50)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::FileUnreadable);
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_to_its_end() {
    let Some(pipe) = pipe("written") else {
        println!("SKIP source::a_pipe_is_read_to_its_end: no mkfifo here");
        return;
    };
    let writer = pipe.0.clone();
    let thread = std::thread::spawn(move || fs::write(writer, "content").unwrap());
    let content = file::read(&pipe.0, "--private-key", Duration::from_secs(10)).unwrap();
    thread.join().unwrap();
    assert_eq!(*content, b"content");
}

#[cfg(unix)]
fn pipe(name: &str) -> Option<Scratch> {
    let pipe = Scratch::new(name);
    let made = std::process::Command::new("mkfifo").arg(&pipe.0).status();
    made.is_ok_and(|status| status.success()).then_some(pipe)
}

#[test]
fn a_variable_holds_pem_or_base64() {
    let environment = |name: &str| match name {
        "PEM" => Some("-----BEGIN X-----\n-----END X-----\n".to_owned()),
        "BASE64" => Some("aGVs\nbG8=\n".to_owned()),
        "EMPTY" => Some(String::new()),
        "GARBAGE" => Some("not base64!".to_owned()),
        _ => None,
    };
    let read = |text: &str| {
        SourceReader::new(&environment).read(&Source::parse(text, "--private-key").unwrap())
    };
    assert!(read("env:PEM").unwrap().starts_with(b"-----BEGIN"));
    assert_eq!(*read("env:BASE64").unwrap(), b"hello");
    assert_eq!(read("env:EMPTY").unwrap_err().code(), ErrorCode::FileEmpty);
    assert_eq!(
        read("env:GARBAGE").unwrap_err().code(),
        ErrorCode::OptionInvalid
    );
    let unset = read("env:UNSET").unwrap_err();
    assert_eq!(unset.code(), ErrorCode::OptionInvalid);
    assert!(unset.message().contains("UNSET") && unset.message().contains("--private-key"));
}

#[test]
fn standard_input_is_read_once_and_only_where_offered() {
    let source = Source::parse("-", "--private-key").unwrap();
    let mut input: &[u8] = b"stream";
    let mut reader = SourceReader::new(&no_environment).with_standard_input(&mut input);
    assert_eq!(*reader.read(&source).unwrap(), b"stream");
    assert_eq!(
        reader.read(&source).unwrap_err().code(),
        ErrorCode::OptionsConflict
    );
    assert_eq!(code("-"), ErrorCode::FeatureUnavailable);
}

#[test]
fn no_message_repeats_a_key() {
    let key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2";
    for text in [
        key.to_owned(),
        format!("file:{key}"),
        format!("env:{key}"),
        format!("a\n{key}"),
    ] {
        let error = read(&text).unwrap_err();
        assert!(!format!("{error:?}").contains("MIGH"), "{error:?}");
    }
}

#[test]
fn a_passphrase_loses_the_line_end_of_its_file_and_nothing_else() {
    let environment = |name: &str| (name == "SECRET").then(|| "a b\n".to_owned());
    let passphrase = |text: &str| {
        SourceReader::new(&environment)
            .read_passphrase(&Source::parse(text, "--private-key-passphrase").unwrap())
    };
    for (content, expected) in [
        ("a b", "a b"),
        ("a b\n", "a b"),
        ("a b\r\n", "a b"),
        ("a b\n\n", "a b\n"),
        (" \n", " "),
        ("a\r", "a\r"),
    ] {
        let file = Scratch::with("passphrase", content);
        let read = passphrase(file.text()).unwrap();
        assert_eq!(*read, expected.as_bytes(), "{content:?}");
    }
    assert_eq!(*passphrase("env:SECRET").unwrap(), b"a b\n");
    let empty = Scratch::with("empty-passphrase", "\n");
    assert_eq!(
        passphrase(empty.text()).unwrap_err().code(),
        ErrorCode::FileEmpty
    );
    assert_eq!(
        passphrase("env:UNSET").unwrap_err().code(),
        ErrorCode::OptionInvalid
    );
}
