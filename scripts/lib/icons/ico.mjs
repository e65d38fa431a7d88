/**
 * @typedef {object} IcoImage
 * @property {number} size Width and height, at most 256.
 * @property {Uint8Array} rgba Its pixels, row by row.
 * @property {Uint8Array} png
 */

/**
 * Windows' icon file: a directory, then an image for each size. Only 256 × 256 is a PNG in it; for the others, older
 * parts of Windows and NSIS want bitmaps.
 * @param {readonly IcoImage[]} images
 */
export function encodeIco(images) {
  const bodies = images.map(({ size, rgba, png }) => (size >= 256 ? Buffer.from(png) : bitmap(size, rgba)))
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  images.forEach(({ size }, index) => {
    const at = 6 + 16 * index
    const { length } = bodies[index] ?? Buffer.alloc(0)
    // 0 means 256.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += length
  })
  return Buffer.concat([head, ...bodies])
}

/**
 * BITMAPINFOHEADER, the pixels from the bottom row up as BGRA, and an empty mask: the alpha channel says it all.
 * @param {number} size
 * @param {Uint8Array} rgba
 */
function bitmap(size, rgba) {
  const head = Buffer.alloc(40)
  head.writeUInt32LE(40, 0)
  head.writeInt32LE(size, 4)
  // Twice the height: the mask counts.
  head.writeInt32LE(size * 2, 8)
  head.writeUInt16LE(1, 12)
  head.writeUInt16LE(32, 14)
  const pixels = Buffer.alloc(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [r = 0, g = 0, b = 0, a = 0] = rgba.subarray((y * size + x) * 4, (y * size + x) * 4 + 4)
      pixels.set([b, g, r, a], ((size - 1 - y) * size + x) * 4)
    }
  }
  const maskRow = Math.ceil(size / 32) * 4
  return Buffer.concat([head, pixels, Buffer.alloc(maskRow * size)])
}
