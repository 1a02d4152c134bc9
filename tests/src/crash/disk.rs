//! A disk as a power cut may leave it: what was flushed is there, of the rest any part.
//!
//! Two kinds of file systems. With a journal, changes of names keep their order and every flush of anything makes all
//! earlier ones durable. A loose one keeps a name only once its folder was flushed, and of the others any selection.
//! In both, the unflushed bytes of a file arrive in any selection and order, each write whole, torn at sectors, or not.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::call::Call;
use crate::proxy::SplitMix;

/// What a disk writes in one piece.
const SECTOR: usize = 512;

/// How a file system orders changes of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Journal,
    Loose,
}

#[derive(Debug, Clone)]
enum Content {
    /// As it was at first, still lying there.
    Untouched(PathBuf),
    Bytes(Vec<u8>),
}

#[derive(Debug, Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Resize(usize),
    Stretch(usize),
}

/// A file, whatever it is called.
#[derive(Debug, Clone)]
struct Node {
    durable: Content,
    pending: Vec<Change>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Folder,
    File(usize),
}

/// A change of names, all of it or nothing.
#[derive(Debug, Clone)]
struct NameChange {
    /// The folder whose flush makes it durable.
    folder: PathBuf,
    put: Option<(PathBuf, Entry)>,
    take: Option<PathBuf>,
}

impl NameChange {
    fn apply(&self, names: &mut BTreeMap<PathBuf, Entry>) {
        if let Some(path) = &self.take {
            names.remove(path);
        }
        if let Some((path, entry)) = &self.put {
            names.insert(path.clone(), *entry);
        }
    }
}

/// One folder of it, and everything below.
#[derive(Debug)]
pub(super) struct Disk {
    root: PathBuf,
    order: Order,
    nodes: Vec<Node>,
    now: BTreeMap<PathBuf, Entry>,
    durable: BTreeMap<PathBuf, Entry>,
    pending: Vec<NameChange>,
}

impl Disk {
    /// A disk whose calls name files below `root`, and that holds what lies in `at_first`, if anything.
    pub(super) fn new(root: &Path, at_first: Option<&Path>, order: Order) -> io::Result<Self> {
        let mut disk = Self {
            root: root.to_owned(),
            order,
            nodes: Vec::new(),
            now: BTreeMap::new(),
            durable: BTreeMap::new(),
            pending: Vec::new(),
        };
        // The host of a store gives it a folder; nobody here could make that durable.
        disk.durable.insert(PathBuf::new(), Entry::Folder);
        if let Some(folder) = at_first {
            disk.take_in(folder, Path::new(""))?;
        }
        disk.now = disk.durable.clone();
        Ok(disk)
    }

    fn take_in(&mut self, folder: &Path, name: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = name.join(entry.file_name());
            if is_rebuilt(&name) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                self.durable.insert(name.clone(), Entry::Folder);
                self.take_in(&entry.path(), &name)?;
            } else {
                let file = self.node(Content::Untouched(entry.path()));
                self.durable.insert(name, file);
            }
        }
        Ok(())
    }

    fn node(&mut self, durable: Content) -> Entry {
        self.nodes.push(Node {
            durable,
            pending: Vec::new(),
        });
        Entry::File(self.nodes.len() - 1)
    }

    fn name(&self, path: &Path) -> Option<PathBuf> {
        let name = path.strip_prefix(&self.root).ok()?;
        (!is_rebuilt(name)).then(|| name.to_owned())
    }

    fn change(&mut self, path: &Path, change: Change) {
        let entry = self.name(path).and_then(|name| self.now.get(&name));
        // A file that was removed while it was open has no name, and nothing of it is missed.
        if let Some(Entry::File(node)) = entry {
            self.nodes[*node].pending.push(change);
        }
    }

    fn rename(&mut self, put: Option<(PathBuf, Entry)>, take: Option<PathBuf>) {
        let parent = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
        let folder = put.as_ref().map(|(path, _)| parent(path));
        let from = take.as_deref().map(parent);
        let mut changes = Vec::new();
        match (folder, from) {
            (Some(folder), Some(from)) if folder != from && self.order == Order::Loose => {
                changes.push(NameChange {
                    folder,
                    put,
                    take: None,
                });
                changes.push(NameChange {
                    folder: from,
                    put: None,
                    take,
                });
            }
            (Some(folder), _) | (None, Some(folder)) => {
                changes.push(NameChange { folder, put, take });
            }
            (None, None) => {}
        }
        for change in changes {
            change.apply(&mut self.now);
            self.pending.push(change);
        }
    }

    /// Takes a call in that worked. False for one it does not understand.
    pub(super) fn take(&mut self, call: &Call) -> bool {
        match call {
            Call::Open {
                path,
                made,
                emptied,
            } => {
                if let Some(name) = self.name(path).filter(|_| *made) {
                    let file = self.node(Content::Bytes(Vec::new()));
                    self.rename(Some((name, file)), None);
                }
                if *emptied {
                    self.change(path, Change::Resize(0));
                }
            }
            Call::Write {
                path,
                offset,
                bytes,
            } => {
                let (offset, bytes) = (length(*offset), bytes.clone());
                self.change(path, Change::Write { offset, bytes });
            }
            Call::Resize { path, length: to } => self.change(path, Change::Resize(length(*to))),
            Call::Allocate { path, end } => self.change(path, Change::Stretch(length(*end))),
            Call::Rename { from, to } => {
                let entry = self
                    .name(from)
                    .and_then(|name| self.now.get(&name).copied());
                if let (Some(entry), Some(to)) = (entry, self.name(to)) {
                    self.rename(Some((to, entry)), self.name(from));
                }
            }
            Call::Link { from, to } => {
                let entry = self
                    .name(from)
                    .and_then(|name| self.now.get(&name).copied());
                if let (Some(entry), Some(to)) = (entry, self.name(to)) {
                    self.rename(Some((to, entry)), None);
                }
            }
            Call::Unlink { path } | Call::RemoveFolder { path } => {
                let name = self.name(path);
                self.rename(None, name);
            }
            Call::MakeFolder { path } => {
                if let Some(name) = self.name(path).filter(|name| !name.as_os_str().is_empty()) {
                    self.rename(Some((name, Entry::Folder)), None);
                }
            }
            Call::Flush { path } => self.flush(path),
            Call::Copy { .. } => return false,
            Call::Answer => {}
        }
        true
    }

    fn flush(&mut self, path: &Path) {
        let Some(name) = self.name(path) else { return };
        let entry = self.now.get(&name).copied();
        if let Some(Entry::File(node)) = entry {
            let node = &mut self.nodes[node];
            let pending = std::mem::take(&mut node.pending);
            if !pending.is_empty() {
                let mut bytes = node.durable.read();
                pending.iter().for_each(|change| change.apply(&mut bytes));
                node.durable = Content::Bytes(bytes);
            }
        }
        let (order, folder) = (self.order, entry == Some(Entry::Folder));
        let durable = &mut self.durable;
        self.pending.retain(|change| {
            let flushed = order == Order::Journal || (folder && change.folder == name);
            if flushed {
                change.apply(durable);
            }
            !flushed
        });
    }

    /// Lays out, in a folder that is not there yet, what a power cut now may leave.
    pub(super) fn cut(&self, random: &mut SplitMix, target: &Path) -> io::Result<()> {
        let mut names = self.durable.clone();
        let count = u64::try_from(self.pending.len()).unwrap_or(u64::MAX);
        let prefix = random.below(count + 1);
        for (number, change) in (0..).zip(&self.pending) {
            let arrives = match self.order {
                Order::Journal => number < prefix,
                Order::Loose => random.chance(0.5),
            };
            if arrives {
                change.apply(&mut names);
            }
        }
        fs::create_dir_all(target)?;
        for (name, entry) in &names {
            let mut above = name.ancestors().skip(1);
            // A folder whose own name did not arrive takes everything in it along.
            if !above.all(|folder| names.get(folder) == Some(&Entry::Folder)) {
                continue;
            }
            let path = target.join(name);
            match entry {
                Entry::Folder => fs::create_dir_all(path)?,
                Entry::File(node) => self.nodes[*node].cut(random, &path)?,
            }
        }
        Ok(())
    }
}

impl Content {
    fn read(&self) -> Vec<u8> {
        match self {
            Self::Untouched(path) => fs::read(path).unwrap_or_default(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

impl Node {
    fn cut(&self, random: &mut SplitMix, path: &Path) -> io::Result<()> {
        match &self.durable {
            Content::Untouched(source) if self.pending.is_empty() => {
                // Photos are never written into; a database would be.
                return if source.ancestors().any(|above| above.ends_with("blobs")) {
                    fs::hard_link(source, path)
                } else {
                    fs::copy(source, path).map(drop)
                };
            }
            Content::Untouched(_) | Content::Bytes(_) => {}
        }
        let mut bytes = self.durable.read();
        let count = u64::try_from(self.pending.len()).unwrap_or(u64::MAX);
        let (manner, prefix) = (random.below(4), random.below(count + 1));
        for (number, change) in (0..).zip(&self.pending) {
            match manner {
                0 => break,
                1 => change.apply(&mut bytes),
                // In order up to a place, and what is written there is torn.
                2 if number < prefix => change.apply(&mut bytes),
                2 if number == prefix => change.tear(random, &mut bytes),
                2 => break,
                _ => match random.below(3) {
                    0 => {}
                    1 => change.apply(&mut bytes),
                    _ => change.tear(random, &mut bytes),
                },
            }
        }
        fs::write(path, bytes)
    }
}

impl Change {
    fn apply(&self, file: &mut Vec<u8>) {
        match self {
            Self::Write { offset, bytes } => place(file, *offset, bytes),
            Self::Resize(length) => file.resize(*length, 0),
            Self::Stretch(end) => file.resize(file.len().max(*end), 0),
        }
    }

    /// Some sectors of a write arrive, the others do not; the length may be written either way.
    fn tear(&self, random: &mut SplitMix, file: &mut Vec<u8>) {
        let Self::Write { offset, bytes } = self else {
            return;
        };
        let mut start = 0;
        while start < bytes.len() {
            let end = bytes.len().min(start + SECTOR - (offset + start) % SECTOR);
            if random.chance(0.5) {
                place(file, offset + start, &bytes[start..end]);
            }
            start = end;
        }
    }
}

fn place(file: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[offset..end].copy_from_slice(bytes);
}

/// SQLite builds the index of a log anew whenever it is missing.
fn is_rebuilt(name: &Path) -> bool {
    let name = name.file_name().unwrap_or(OsStr::new(""));
    name.to_string_lossy().ends_with("-shm")
}

fn length(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
#[path = "disk_tests.rs"]
mod tests;
