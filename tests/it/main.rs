
mod golden;
