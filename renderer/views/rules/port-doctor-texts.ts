import type { Texts } from '../../texts/texts.ts'

const en = {
  ofRule: (name: string) => `The rule “${name}” listens there already.`,
  wantedBy: (name: string) => `The rule “${name}” has the same port. Only one of the two can be on.`,
  since: (when: string, ago: string) => `It runs since ${when} (${ago}).`,
  reserved: (from: number, to: number) => `Windows keeps the ports ${from} to ${to} for itself.`,
  take: (port: number) => `Use port ${port}, which is free`,
}

const de: typeof en = {
  ofRule: (name) => `Die Regel „${name}“ lauscht dort bereits.`,
  wantedBy: (name) => `Die Regel „${name}“ hat denselben Port. Nur eine der beiden kann an sein.`,
  since: (when, ago) => `Es läuft seit ${when} (${ago}).`,
  reserved: (from, to) => `Windows behält die Ports ${from} bis ${to} für sich.`,
  take: (port) => `Port ${port} nehmen, der frei ist`,
}

/** They come with the form, so that the page does not have to load them at first. */
export const portDoctorTexts: Record<Texts['code'], typeof en> = { en, de }
