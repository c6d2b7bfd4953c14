//! Bounds on what one file may make us compute: a key file is not always one's own.

use crate::error::{Error, ErrorCode, Result};
use alloc::{format, string::String};

/// PBKDF2 and PKCS#12 iterations, of one file in all: over ten times what any tool writes by
/// default (600,000 at most), and a few seconds at worst.
pub(super) const MOST_ITERATIONS: u64 = 10_000_000;
/// What scrypt may allocate, 128·N·r bytes: OWASP's strongest advice is 128 MiB, age's default is
/// this.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// scrypt's N·r·p, of one file in all: twice what fills that memory once.
const MOST_BLOCKS: u64 = 4 * 1024 * 1024;

/// What one file has asked for so far.
#[derive(Debug, Default)]
pub(super) struct Work {
    iterations: u64,
    blocks: u64,
}

impl Work {
    /// Takes note of iterations before they are run, and gives the number to run.
    ///
    /// # Errors
    /// `key_derivation_too_costly`
    pub(super) fn iterations(&mut self, iterations: u64) -> Result<u32> {
        #[cfg(test)]
        tests::count();
        self.iterations = self.iterations.saturating_add(iterations);
        if self.iterations > MOST_ITERATIONS {
            return Err(too_costly(format!(
                "{} iterations, over the bound of {MOST_ITERATIONS}",
                self.iterations
            )));
        }
        if cfg!(fuzzing) {
            return Ok(1);
        }
        // Within the bound, which is below the largest u32.
        Ok(u32::try_from(iterations).unwrap_or(u32::MAX))
    }

    /// Takes note of scrypt's cost before it runs, and gives log₂ of the N to run.
    ///
    /// # Errors
    /// `key_derivation_too_costly`
    pub(super) fn scrypt(&mut self, log_n: u8, r: u32, p: u32) -> Result<u8> {
        #[cfg(test)]
        tests::count();
        let n = 1_u64.checked_shl(log_n.into()).unwrap_or(u64::MAX);
        let per_lane = n.saturating_mul(r.into());
        let memory = per_lane.saturating_mul(128);
        if memory > MOST_MEMORY {
            return Err(too_costly(format!(
                "{} MiB for scrypt, over the bound of {} MiB",
                memory.div_ceil(1024 * 1024),
                MOST_MEMORY / (1024 * 1024)
            )));
        }
        let blocks = per_lane.saturating_mul(p.into());
        self.blocks = self.blocks.saturating_add(blocks);
        if self.blocks > MOST_BLOCKS {
            return Err(too_costly(format!(
                "an N·r·p of {} for scrypt, over the bound of {MOST_BLOCKS}",
                self.blocks
            )));
        }
        Ok(if cfg!(fuzzing) { 1 } else { log_n })
    }
}

fn too_costly(asked: String) -> Error {
    Error::new(
        ErrorCode::KeyDerivationTooCostly,
        format!("the key file asks for {asked}"),
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{MOST_ITERATIONS, Work};
    use crate::error::ErrorCode;
    use core::cell::Cell;

    std::thread_local! {
        static DERIVATIONS: Cell<u32> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        DERIVATIONS.set(DERIVATIONS.get() + 1);
    }

    /// How many derivations this thread has begun.
    pub(crate) fn derivations() -> u32 {
        DERIVATIONS.get()
    }

    #[test]
    fn iterations_add_up() {
        let mut work = Work::default();
        assert_eq!(work.iterations(MOST_ITERATIONS - 1), Ok(9_999_999));
        assert_eq!(work.iterations(1), Ok(1));
        let error = work.iterations(1).unwrap_err();
        assert_eq!(error.code(), ErrorCode::KeyDerivationTooCostly);
        assert!(error.message().contains("10000001"), "{error}");
        assert!(Work::default().iterations(u64::MAX).is_err());
    }

    #[test]
    fn scrypt_is_bounded_in_memory_and_time() {
        assert_eq!(Work::default().scrypt(14, 8, 1), Ok(14));
        assert_eq!(Work::default().scrypt(17, 8, 1), Ok(17));
        assert_eq!(Work::default().scrypt(18, 8, 2), Ok(18));
        for (log_n, r, p, says) in [
            (19, 8, 1, "512 MiB"),
            (63, 8, 1, "MiB"),
            (64, 8, 1, "MiB"),
            (1, u32::MAX, 1, "MiB"),
            (18, 8, 3, "6291456"),
            (1, 1, u32::MAX, "N·r·p"),
        ] {
            let error = Work::default().scrypt(log_n, r, p).unwrap_err();
            assert_eq!(error.code(), ErrorCode::KeyDerivationTooCostly);
            assert!(error.message().contains(says), "{error}");
        }
        let mut work = Work::default();
        assert!(work.scrypt(18, 8, 1).is_ok());
        assert!(work.scrypt(18, 8, 1).is_ok());
        assert!(work.scrypt(18, 8, 1).is_err());
    }
}
