import * as v from 'valibot'
import { captureDefaults, type CaptureView } from '../captures.ts'
import { booleanField, idSchema, integerField } from '../model/fields.ts'
import { saying } from '../told.ts'
import { call, nothing, type Done } from './call.ts'

const scope = v.variant(
  'kind',
  [
    v.strictObject({ kind: v.literal('rule'), ruleId: idSchema }),
    v.strictObject({ kind: v.literal('connection'), connectionId: idSchema }),
    v.strictObject({ kind: v.literal('all') }),
  ],
  saying('{label} must be of kind {choices}', {
    label: 'What to capture',
    choices: ['rule', 'connection', 'all'],
  }),
)

export const captureOptionsSchema = v.strictObject({
  of: scope,
  maxBytes: v.optional(
    integerField('Capture size', 100_000, 10_000_000_000, 'bytes'),
    captureDefaults.maxBytes,
  ),
  maxMs: v.optional(integerField('Capture time', 1000, 86_400_000, 'ms'), captureDefaults.maxMs),
  payloadBytes: v.optional(
    integerField('Payload kept per packet', 0, 65_535, 'bytes'),
    captureDefaults.payloadBytes,
  ),
  decodeFriendly: v.optional(booleanField('Decode-friendly'), captureDefaults.decodeFriendly),
  keepPasswords: v.optional(booleanField('Keep passwords'), captureDefaults.keepPasswords),
})

/** How much of a file one call brings. */
export const mostCaptureBytesPerCall = 1_000_000

const one = v.strictObject({ id: idSchema })

/** Recordings of packets, kept as pcapng files in the folder of the config. */
export const captureCalls = {
  'capture.start': call(
    'Records the packets of a rule, a connection or everything, until a limit or `capture.stop`.',
    v.strictObject({
      ...captureOptionsSchema.entries,
      /** Ends it when `capture.read` and `capture.get` have not been asked for it for 10 s. */
      whileRead: v.optional(booleanField('While read'), false),
    }),
  ).returns<CaptureView>(),
  'capture.stop': call('Ends a recording; its file stays.', one).returns<CaptureView>(),
  'capture.list': call('Recordings under way and those that are kept; newest first.', nothing).returns<
    readonly CaptureView[]
  >(),
  'capture.get': call('One recording.', one).returns<CaptureView>(),
  'capture.read': call(
    `A part of a recording's file, ${mostCaptureBytesPerCall} bytes at most.`,
    v.strictObject({ id: idSchema, offset: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  ).returns<CapturePart>(),
  'capture.remove': call('Deletes a recording and its file.', one).returns<Done>(),
  'capture.open': call('Opens a recording in Wireshark, on this machine’s desktop.', one).returns<Done>(),
}

export interface CapturePart {
  readonly base64: string
  /** True where more follows now. */
  readonly hasMore: boolean
}
