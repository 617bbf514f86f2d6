//! The program with the allocator of the system instead of its own. A clock that a file moves (libfaketime) can be put
//! under this one alone: tests of clocks run it.

use std::process::ExitCode;

fn main() -> ExitCode {
    od100::cli::run()
}
