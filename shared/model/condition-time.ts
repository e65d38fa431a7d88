import * as v from 'valibot'
import { saying, type Label } from '../told.ts'

// The time of day of a condition, on the clock of the machine that Nexthop runs on.

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** A moment on that clock: the day counts from 0 for Monday, the minute from midnight. */
export interface LocalTime {
  readonly day: number
  readonly minute: number
}

const clockPattern = /^([01]\d|2[0-3]):[0-5]\d$/

function clockField(label: Label) {
  const message = saying('{label} must be a time of day from 00:00 to 23:59, "08:30"', { label })
  return v.pipe(v.string(message), v.regex(clockPattern, message))
}

export const timeSchema = v.strictObject(
  {
    from: clockField('From'),
    /** The first minute that is over. Not later than `from`: on the next day. */
    to: clockField('To'),
    /** On which it begins; empty: every day. */
    days: v.optional(
      v.pipe(
        v.array(
          v.picklist(
            weekdays,
            saying('Days must be some of {words}', { words: weekdays.map((day) => `"${day}"`).join(', ') }),
          ),
          saying('Days must be a list of days, ["mon", "tue"]'),
        ),
        v.maxLength(weekdays.length, saying('Days names one twice')),
      ),
      [],
    ),
  },
  saying('Time must be an object, {"from": "08:00", "to": "18:00"}'),
)
export type TimeSpan = v.InferOutput<typeof timeSchema>

/** `23:59` as minutes since midnight; undefined where it is no time of day. */
export function parseClock(text: string): number | undefined {
  if (!clockPattern.test(text)) return undefined
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
}

export function formatClock(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** Whether a moment lies in a span. One over midnight belongs to the day on which it began. */
export function isWithin({ from, to, days }: TimeSpan, { day, minute }: LocalTime): boolean {
  const start = parseClock(from) ?? 0
  const end = parseClock(to) ?? 0
  const isOn = (index: number) => {
    const name = weekdays[(index + weekdays.length) % weekdays.length]
    return days.length === 0 || (name !== undefined && days.includes(name))
  }
  if (start < end) return minute >= start && minute < end && isOn(day)
  return (minute >= start && isOn(day)) || (minute < end && isOn(day - 1))
}
