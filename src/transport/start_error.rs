//! Why a function could not even be started, with what to do about it.

use super::environment::EnvironmentError;
use std::io;
use std::path::{Path, PathBuf};

/// Why a function process could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no such file.
    #[error("there is no program `{}`: build the function first, or check the path", .0.display())]
    NotFound(PathBuf),
    /// The file is there, but what it needs to run is not.
    #[error(
        "`{}` is there, but what runs it is missing: the interpreter of its first line (`#!`), or the \
         dynamic loader of the system it was built for", .0.display()
    )]
    InterpreterNotFound(PathBuf),
    /// The file is not executable.
    #[error("`{}` may not be executed: if it is a program, make it one with chmod +x", .0.display())]
    PermissionDenied(PathBuf),
    /// The path is a directory.
    #[error("`{}` is a directory: name the program in it, such as `{}`", .0.display(), .0.join("bootstrap").display())]
    IsDirectory(PathBuf),
    /// The system does not know this kind of program.
    #[error(
        "this machine cannot run `{}`: it was built for another platform (build it again without a Lambda \
         target), or it is a script without a first line that names its interpreter (`#!/bin/sh`)", .0.display()
    )]
    ExecFormat(PathBuf),
    /// Some other refusal of the system.
    #[error("`{}` could not be started: {error}", program.display())]
    Spawn {
        /// The program.
        program: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// No port for the Runtime API.
    #[error("no port on 127.0.0.1 could be opened for the Runtime API that the function talks to: {0}")]
    Port(#[source] io::Error),
    /// The environment that was asked for is not possible.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
}

impl StartError {
    /// Whether it may pass by itself, as while the program is being written.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::NotFound(_) | Self::PermissionDenied(_) | Self::ExecFormat(_) => true,
            Self::Spawn { error, .. } => error.kind() == io::ErrorKind::ExecutableFileBusy,
            _ => false,
        }
    }

    /// Whether the system had too little of something that others give back: files, processes, memory.
    pub fn is_shortage(&self) -> bool {
        // EAGAIN is 11 on Linux and 35 elsewhere; ENOMEM, ENFILE and EMFILE are the same everywhere.
        const SHORT: [i32; 4] = [12, 23, 24, if cfg!(target_os = "linux") { 11 } else { 35 }];
        match self {
            Self::Spawn { error, .. } | Self::Port(error) => {
                cfg!(unix) && error.raw_os_error().is_some_and(|code| SHORT.contains(&code))
            }
            _ => false,
        }
    }

    /// Sorts what the system said when the program was started.
    pub(super) fn from_spawn(program: &Path, error: io::Error) -> Self {
        const ENOEXEC: i32 = 8;
        let path = program.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound if program.exists() => Self::InterpreterNotFound(path),
            io::ErrorKind::NotFound => Self::NotFound(path),
            io::ErrorKind::PermissionDenied if program.is_dir() => Self::IsDirectory(path),
            io::ErrorKind::PermissionDenied => Self::PermissionDenied(path),
            _ if cfg!(unix) && error.raw_os_error() == Some(ENOEXEC) => Self::ExecFormat(path),
            _ => Self::Spawn { program: path, error },
        }
    }
}
