import { UsageError, type Given } from './command.ts'

const unitsMs: Readonly<Record<string, number>> = { '': 1000, ms: 1, s: 1000, min: 60_000, h: 3_600_000 }

/** Reads `10`, `500ms`, `10s`, `1.5min` or `2h` as milliseconds; a bare number is seconds. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/.exec(text.trim())
  const unit = unitsMs[match?.[2] ?? '']
  return match && unit !== undefined ? Math.round(Number(match[1]) * unit) : undefined
}

/** The model speaks of milliseconds; options take times, and their bounds are told as they are written. */
export function inTimes(message: string): string {
  return message.replace(
    /be a whole number from (\d+) to (\d+) ms/g,
    (_all, least: string, most: string) =>
      `be a time from ${writeDuration(Number(least))} to ${writeDuration(Number(most))}`,
  )
}

/** In the largest unit in which it is a whole number. */
export function writeDuration(ms: number): string {
  const units = Object.entries(unitsMs).filter(([unit]) => unit !== '')
  const [unit, size] = units.findLast(([, length]) => ms > 0 && ms % length === 0) ?? ['s', 1000]
  return `${ms / size}${unit}`
}

/** The milliseconds of an option; undefined where it was not given. */
export function durationOption(given: Given, option: string): number | undefined {
  const text = given.text(option)
  if (text === undefined) return undefined
  const ms = parseDuration(text)
  if (ms === undefined) throw new UsageError(`--${option} must be a time like 10, 500ms, 10s, 5min or 2h`)
  return ms
}

/** The whole number of an option; undefined where it was not given. Its bounds are the model's business. */
export function numberOption(given: Given, option: string): number | undefined {
  const text = given.text(option)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--${option} must be a whole number, 0 or more`)
  return Number(text)
}
