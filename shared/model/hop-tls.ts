import * as v from 'valibot'
import { saying } from '../told.ts'
import { booleanField, hostField } from './fields.ts'

// TLS between this machine and a next hop, as many gateways offer it; what goes through the hop is not touched by it.

/** One certificate or more, with whatever is around them. */
export const pem = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/

export const hopTlsSchema = v.strictObject({
  /** Off takes any certificate: then everybody on the way can read along, logins too. */
  verify: v.optional(booleanField('Verify certificate'), true),
  /** Trusted instead of the well-known authorities: one or more certificates, as PEM text. */
  ca: v.optional(
    v.pipe(
      v.string(saying('{label} must be text', { label: 'CA certificate' })),
      v.maxLength(1_000_000, saying('CA certificate is too long: at most 1 MB')),
      v.regex(pem, saying('CA certificate must be PEM text: -----BEGIN CERTIFICATE----- and so on')),
    ),
  ),
  /** The name that the certificate must have, and that is sent as SNI; the hop's host where none is given. */
  serverName: v.optional(hostField('Server name')),
})
export type HopTls = v.InferOutput<typeof hopTlsSchema>
