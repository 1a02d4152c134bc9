//! The answers of a hub that has cases and nothing else, in frames that its real key signs.

use xunge_field::domain::scope::Scope;
use xunge_field::{HttpAnswer, SoftwareKey};
use xunge_sync::wire::{
    DocumentChanges, DocumentsFrame, EndFrame, Frame, FrameWriter, HeadFrame, SyncRequest,
};

/// The token that every answer gives: this hub asks nobody for it.
const TOKEN: [u8; 16] = [2; 16];

pub(super) struct MadeUpHub {
    key: SoftwareKey,
    seq: u64,
}

impl MadeUpHub {
    pub(super) const fn new(key: SoftwareKey) -> Self {
        Self { key, seq: 0 }
    }

    pub(super) const fn key(&self) -> &SoftwareKey {
        &self.key
    }

    /// An answer with these cases; nothing that was pushed is taken.
    pub(super) fn answer(
        &mut self,
        asked: &SyncRequest,
        documents: Vec<DocumentChanges>,
    ) -> HttpAnswer {
        self.seq += documents.len() as u64;
        let head = HeadFrame {
            token: TOKEN.into(),
            epoch: asked.epoch,
            server_time: asked.device_time,
            verdicts: Vec::new(),
            capabilities: Vec::new(),
            unresolved: Vec::new(),
            rest_received: false,
            assignment: None,
            taken: None,
            beacon: None,
            tables: None,
        };
        let cursors = asked.cursors.iter();
        let documents = DocumentsFrame {
            documents,
            cursors: cursors
                .map(|(scope, known)| (scope.clone(), known + self.seq))
                .collect::<Vec<(Scope, u64)>>(),
            evicted: Vec::new(),
            left: Vec::new(),
        };
        let end = EndFrame {
            blobs: Vec::new(),
            more: false,
            packs: Vec::new(),
            compared: None,
            refused: Vec::new(),
            tasks: Vec::new(),
        };
        let mut writer = FrameWriter::new(&self.key, *asked.nonce);
        for frame in [
            Frame::Head(head),
            Frame::Documents(documents),
            Frame::End(end),
        ] {
            writer.push(&frame);
        }
        HttpAnswer::Answered {
            status: 200,
            body: writer.finish(),
        }
    }
}
