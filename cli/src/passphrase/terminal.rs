//! The terminal device: neither standard input nor standard error, which belong to the caller.

#[cfg(not(unix))]
pub(super) use absent::Terminal;
#[cfg(unix)]
pub(super) use unix::Terminal;

#[cfg(unix)]
mod unix {
    use rustix::process::{Signal, getpgrp, getpid, kill_process};
    use rustix::termios::{
        LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcsetattr,
    };
    use std::fs::{File, OpenOptions};
    use std::io::{Read, Write};
    use zeroize::Zeroizing;

    /// The longest passphrase that is read, in bytes: what terminals keep of a line.
    const LONGEST: usize = 4096;

    /// The terminal that the process belongs to.
    pub(crate) struct Terminal(File);

    impl Terminal {
        /// The terminal, where there is one and this process may read from it now: a job in the
        /// background would be stopped.
        pub(crate) fn open() -> Option<Self> {
            let device = OpenOptions::new().read(true).write(true).open("/dev/tty");
            let device = device.ok()?;
            (tcgetpgrp(&device).ok()? == getpgrp()).then_some(Self(device))
        }

        /// Shows the prompt and reads a line without showing it. `None` where the line cannot be
        /// hidden or read.
        pub(crate) fn ask(&mut self, prompt: &str) -> Option<Zeroizing<Vec<u8>>> {
            let before = tcgetattr(&self.0).ok()?;
            let hidden = Hidden::new(&self.0, before)?;
            let line = write(&self.0, prompt).and_then(|()| read_line(&self.0));
            drop(hidden);
            // The line end that was not shown either.
            let _ = write(&self.0, "\n");
            match line? {
                Line::Complete(line) => Some(line),
                Line::Interrupted => {
                    // As if the terminal had sent it: the modes are as they were.
                    let _ = kill_process(getpid(), Signal::INT);
                    None
                }
            }
        }
    }

    enum Line {
        Complete(Zeroizing<Vec<u8>>),
        Interrupted,
    }

    /// Echo is off for as long as this lives. Ctrl-C and Ctrl-\ end the line in place of the
    /// process, which would leave the echo off.
    struct Hidden<'t>(&'t File, Termios);

    impl<'t> Hidden<'t> {
        fn new(device: &'t File, before: Termios) -> Option<Self> {
            let mut modes = before.clone();
            modes.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ISIG;
            modes.local_modes |= LocalModes::ICANON;
            let interrupt = before.special_codes[SpecialCodeIndex::VINTR];
            modes.special_codes[SpecialCodeIndex::VEOL] = interrupt;
            modes.special_codes[SpecialCodeIndex::VEOL2] =
                before.special_codes[SpecialCodeIndex::VQUIT];
            let hidden = Self(device, before);
            tcsetattr(device, OptionalActions::Flush, &modes).ok()?;
            Some(hidden)
        }
    }

    impl Drop for Hidden<'_> {
        fn drop(&mut self) {
            let _ = tcsetattr(self.0, OptionalActions::Flush, &self.1);
        }
    }

    fn write(mut device: &File, text: &str) -> Option<()> {
        device.write_all(text.as_bytes()).ok()
    }

    /// A byte at a time, so that nothing of it stays in a buffer that is not wiped.
    fn read_line(mut device: &File) -> Option<Line> {
        let modes = tcgetattr(device).ok()?;
        let ends =
            [SpecialCodeIndex::VEOL, SpecialCodeIndex::VEOL2].map(|end| modes.special_codes[end]);
        let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
        let mut byte = Zeroizing::new([0]);
        while line.len() < LONGEST {
            if device.read(&mut *byte).ok()? == 0 {
                break;
            }
            let [key] = *byte;
            match key {
                b'\n' => break,
                end if end != 0 && ends.contains(&end) => return Some(Line::Interrupted),
                other => line.push(other),
            }
        }
        Some(Line::Complete(line))
    }
}

#[cfg(not(unix))]
mod absent {
    use zeroize::Zeroizing;

    /// Nobody is asked where the terminal is not a device of this kind.
    pub(crate) struct Terminal;

    impl Terminal {
        pub(crate) fn open() -> Option<Self> {
            None
        }

        pub(crate) fn ask(&mut self, _: &str) -> Option<Zeroizing<Vec<u8>>> {
            None
        }
    }
}
