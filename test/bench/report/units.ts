import type { Unit } from '../measure/benchmark.ts'

/** A figure in the unit that people compare it in. */
export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case 'bytes/s':
      return `${(value / 1e9).toFixed(2)} GB/s`
    case 'bytes':
      return value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`
    case 's/GB':
      return `${value.toFixed(3)} s`
    case '1/s':
      return `${Math.round(value).toLocaleString('en')}/s`
    case 'µs':
      return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} µs`
    case 'ms':
      return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`
    case 'count':
      return Math.round(value).toLocaleString('en')
  }
}

export function formatRatio(value: number): string {
  return `${value.toFixed(2)} ×`
}
