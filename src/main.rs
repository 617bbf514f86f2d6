//! The program: everything it does is in `cli`.

use std::process::ExitCode;

/// An answer is thousands of small pieces, made and dropped at once: this allocator halves their cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    od100::cli::run()
}
