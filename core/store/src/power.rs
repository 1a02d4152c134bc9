//! A plug to pull: lets a simulation kill the device between any two writes of a store in memory.
//!
//! On a disk nothing ever pulls it. In memory every write spends one unit of what is left; at none everything fails until
//! the store is dropped and opened again, as after a real power cut.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::StoreError;

/// Shared between a medium and the store on it.
#[derive(Clone, Default)]
pub(crate) struct Power(Arc<Mutex<Left>>);

/// How many writes are left.
#[derive(Default, Clone, Copy)]
enum Left {
    #[default]
    Endless,
    Writes(u64),
}

impl Power {
    pub(crate) fn cut_after(&self, writes: u64) {
        *self.left() = Left::Writes(writes);
    }

    pub(crate) fn restore(&self) {
        *self.left() = Left::Endless;
    }

    /// Pays for one write.
    pub(crate) fn spend(&self) -> Result<(), StoreError> {
        let mut left = self.left();
        match *left {
            Left::Endless => Ok(()),
            Left::Writes(0) => Err(is_cut()),
            Left::Writes(writes) => {
                *left = Left::Writes(writes - 1);
                Ok(())
            }
        }
    }

    /// Whether anything runs at all.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        match *self.left() {
            Left::Writes(0) => Err(is_cut()),
            _ => Ok(()),
        }
    }

    fn left(&self) -> MutexGuard<'_, Left> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_cut() -> StoreError {
    StoreError::io("writing", io::Error::other("the power was cut"))
}
