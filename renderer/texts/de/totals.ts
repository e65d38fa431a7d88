import type { Texts } from '../texts.ts'

export const totals: Texts['totals'] = {
  title: 'Summen je Tag',
  open: 'Summen',
}
