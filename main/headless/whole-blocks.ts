/** Type and total length, with which every block of a pcapng file begins (draft-ietf-opsawg-pcapng, section 3.1). */
const blockHead = 8

/** Passes on whole blocks alone, and keeps back what has come of the next one: so a file is whole whenever it ends. */
export function wholeBlocks(): (bytes: Buffer) => Buffer {
  let begun = Buffer.alloc(0)
  return (bytes) => {
    const all = Buffer.concat([begun, bytes])
    let end = 0
    while (end + blockHead <= all.length) {
      const next = end + all.readUInt32LE(end + 4)
      if (next > all.length || next === end) break
      end = next
    }
    begun = all.subarray(end)
    return all.subarray(0, end)
  }
}
