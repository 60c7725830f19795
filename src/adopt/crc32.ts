/** CRC-32 of ISO 3309 over some bytes after others, as a signed 32-bit number. */
export function crc32(chunks: Iterable<Uint8Array>): number {
  let crc = -1
  for (const chunk of chunks) for (const byte of chunk) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return ~crc
}

const TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})
