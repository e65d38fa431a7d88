/** The types of macOS' icon file that hold a PNG, by the pixels of the image; `@2x` ones share their pixels. */
const types = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
])

export const icnsSizes = [...new Set(types.map(([, size]) => size))]

/** macOS' icon file: each image behind its type and length. @param {ReadonlyMap<number, Uint8Array>} pngs By size. */
export function encodeIcns(pngs) {
  const entries = types.map(([type, size]) => entry(type, pngs.get(size) ?? new Uint8Array()))
  return entry('icns', Buffer.concat(entries))
}

/** @param {string} type @param {Uint8Array} body */
function entry(type, body) {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(body.length + 8, 4)
  return Buffer.concat([head, body])
}
