//! A pseudo-terminal: what a person would see and type.

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Both ends of one.
pub(super) struct Device {
    person: File,
    program: File,
    output: Receiver<Vec<u8>>,
    shown: String,
    read: usize,
}

impl Device {
    pub(super) fn open() -> Self {
        let person =
            openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&person).unwrap();
        unlockpt(&person).unwrap();
        let path = ptsname(&person, Vec::new()).unwrap().into_string().unwrap();
        let program = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .unwrap();
        let person = File::from(person);
        let (sender, output) = channel();
        let mut reader = person.try_clone().unwrap();
        std::thread::spawn(move || {
            let mut buffer = [0; 1024];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            person,
            program,
            output,
            shown: String::new(),
            read: 0,
        }
    }

    /// The program's end.
    pub(super) fn side(&self) -> Stdio {
        Stdio::from(self.program.try_clone().unwrap())
    }

    /// Waits until this is shown after what was waited for before.
    #[track_caller]
    pub(super) fn wait_for(&mut self, text: &str) {
        loop {
            let news = self.shown.get(self.read..).unwrap_or_default();
            if let Some(position) = news.find(text) {
                self.read += position + text.len();
                return;
            }
            match self.output.recv_timeout(Duration::from_secs(60)) {
                Ok(more) => self.shown += &String::from_utf8_lossy(&more),
                Err(_) => panic!("`{text}` did not come: {}", self.shown),
            }
        }
    }

    pub(super) fn enter(&mut self, keys: &str) {
        self.person.write_all(keys.as_bytes()).unwrap();
    }

    /// Everything that was shown so far.
    pub(super) fn shown(&mut self) -> &str {
        while let Ok(more) = self.output.try_recv() {
            self.shown += &String::from_utf8_lossy(&more);
        }
        &self.shown
    }

    pub(super) fn echoes(&self) -> bool {
        let modes = tcgetattr(&self.program).unwrap().local_modes;
        modes.contains(LocalModes::ECHO | LocalModes::ISIG)
    }
}

/// Whether the system can start a program on a terminal of its own, with signals as at a start.
pub(super) fn is_usable() -> bool {
    [("setsid", "--ctty"), ("env", "--default-signal")]
        .iter()
        .all(|(program, option)| {
            let help = Command::new(program).arg("--help").output();
            help.is_ok_and(|help| String::from_utf8_lossy(&help.stdout).contains(option))
        })
}
