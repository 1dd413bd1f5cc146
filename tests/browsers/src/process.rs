//! A program that ends with what began it.

use std::env;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Failure;

pub(crate) struct Process(Child);

impl Process {
    pub(crate) fn begin(command: &mut Command) -> Result<Self, Failure> {
        Ok(Self(command.stdin(Stdio::null()).stderr(Stdio::null()).spawn()?))
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Waits for it to end by itself.
    pub(crate) fn ended(&mut self, patience: Duration) -> Result<(), Failure> {
        let begun = Instant::now();
        while self.0.try_wait()?.is_none() {
            if begun.elapsed() > patience {
                return Err("it does not end".into());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|directory| Path::new(&directory).join(program).is_file())
}
