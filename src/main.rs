//! The program: everything it does is in `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    od100::cli::run()
}
