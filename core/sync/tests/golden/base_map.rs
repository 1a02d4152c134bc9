//! What the hub says of the base map.

use xunge_domain::datum::Datum;
use xunge_domain::ids::Digest;
use xunge_sync::wire::{BaseMapFrame, BaseMapOffer, BaseMapRequest, Frame, TablesFrame};

use super::golden;

#[test]
fn what_base_map_there_is() {
    golden("base_map_request", &BaseMapRequest::default());
    golden(
        "frame_base_map_none",
        &Frame::BaseMap(BaseMapFrame::default()),
    );
    let offer = BaseMapOffer {
        sha256: Digest::from_bytes([7; 32]),
        length: 5_000_000,
        title: "郑州市影像".into(),
        attribution: "天地图 GS(2024)0650号".into(),
        zoom_min: 10,
        zoom_max: 17,
        tile_pixels: 256,
        datum: Datum::Gcj02,
    };
    let frame = |offer| {
        let mark = Some([9; 8].into());
        Frame::BaseMap(BaseMapFrame { mark, offer })
    };
    golden("frame_base_map", &frame(Some(offer)));
    golden("frame_base_map_elsewhere", &frame(None));
    let tables = TablesFrame {
        mark: Some([8; 8].into()),
        tables: Vec::new(),
        base_map: Some([9; 8].into()),
    };
    golden("frame_tables_base_map", &Frame::Tables(Box::new(tables)));
}
