// Numbers as people read them. Decimal units: 1 kB is 1000 bytes, as in network rates.

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** `0 B`, `999 B`, `1.0 kB`, `12.3 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  // 999.95 would round to "1000.0": go on to the next unit a little earlier.
  while (value >= (unit === 0 ? 1000 : 999.95) && unit < byteUnits.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${byteUnits[unit]}`
}

/** `1.2 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(Math.round(bytesPerSecond))}/s`
}

/** `0.4 ms`, `12 ms`, `1.5 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${Number((ms / 1000).toFixed(1))} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return pair(seconds, 60, 'min', 's')
  // The last half minute of a day would round to "24 h".
  if (seconds < 86_370) return pair(Math.round(seconds / 60), 60, 'h', 'min')
  return pair(Math.round(seconds / 3600), 24, 'd', 'h')
}

function pair(total: number, per: number, large: string, small: string): string {
  const rest = total % per
  const whole = `${Math.floor(total / per)} ${large}`
  return rest === 0 ? whole : `${whole} ${rest} ${small}`
}
