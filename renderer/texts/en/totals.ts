export const totals = {
  title: 'Totals per day',
  open: 'Totals',
}
