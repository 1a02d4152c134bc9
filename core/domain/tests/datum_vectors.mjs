// Makes datum.csv: what npm gcoord says. `npm i gcoord@1.0.7 && node datum_vectors.mjs > datum.csv`
// Columns: WGS-84, the same place in GCJ-02 and in BD-09, and gcoord's own ways back from these two. A degree has 12 digits.
import gcoord from "gcoord";

// mulberry32, so that the points are the same everywhere.
let state = 20261129;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

// Cities from corner to corner, then anywhere from Pamir to Wusuli and from the South China Sea to Mohe.
const points = [
  [113.6654, 34.7579], [113.7861, 34.7552], [116.3975, 39.9087], [121.4737, 31.2304], [113.2644, 23.1291],
  [114.1694, 22.3193], [121.5654, 25.033], [87.6168, 43.8256], [75.9892, 39.4677], [91.1322, 29.6604],
  [134.7637, 48.3653], [122.5382, 52.9721], [109.5119, 18.2528], [112.3386, 16.8331], [105.0, 35.0],
];
while (points.length < 300) points.push([73.5 + random() * 61.6, 3.8 + random() * 49.8]);

const { WGS84, GCJ02, BD09, transform } = gcoord;
const text = (pair) => pair.map((degree) => degree.toFixed(12)).join(",");
console.log("wgs84_lon,wgs84_lat,gcj02_lon,gcj02_lat,bd09_lon,bd09_lat,from_gcj02_lon,from_gcj02_lat,from_bd09_lon,from_bd09_lat");
for (const point of points) {
  const wgs84 = point.map((degree) => Number(degree.toFixed(7)));
  const gcj02 = transform([...wgs84], WGS84, GCJ02);
  const bd09 = transform([...wgs84], WGS84, BD09);
  const back = transform([...gcj02], GCJ02, WGS84);
  const baidu = transform([...bd09], BD09, WGS84);
  console.log([wgs84, gcj02, bd09, back, baidu].map(text).join(","));
}
