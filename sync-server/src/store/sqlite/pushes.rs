//! Parts of pushes in SQL.

use rusqlite::params;
use xunge_domain::ids::InstallationId;
use xunge_sync::wire::Nonce;

use super::Session;
use super::values::{list, plain, run, unsigned};
use crate::store::rows::PushPartRow;
use crate::store::{ReadPushes, StoreError, WritePushes};

impl ReadPushes for Session<'_> {
    fn push_parts(
        &self,
        installation: &InstallationId,
        nonce: &Nonce,
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let parts = list(
            self.0,
            "SELECT number, told FROM push_part WHERE installation = ?1 AND nonce = ?2 ORDER BY number",
            [installation.as_bytes().as_slice(), nonce],
            |row| Ok((unsigned(row, "number")?, plain(row, "told")?)),
        )?;
        let without_gap = (0..)
            .zip(parts)
            .take_while(|(place, part)| *place == part.0);
        Ok(without_gap.map(|(_, (_, told))| told).collect())
    }
}

impl WritePushes for Session<'_> {
    fn note_push_part(&mut self, row: &PushPartRow) -> Result<(), StoreError> {
        let installation = row.installation.as_bytes().as_slice();
        if row.number == 0 {
            run(
                self.0,
                "DELETE FROM push_part WHERE installation = ?1 AND nonce <> ?2",
                [installation, &row.nonce],
            )?;
        }
        run(
            self.0,
            "INSERT INTO push_part (installation, number, nonce, told) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (installation, number) DO UPDATE SET nonce = excluded.nonce, told = excluded.told",
            params![installation, row.number, row.nonce.as_slice(), row.told],
        )
        .map(drop)
    }
}
