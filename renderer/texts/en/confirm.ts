/** Asked before something that can not be undone. */
export const confirm = {
  label: 'Ask before closing several connections',
  hint: 'What is deleted can be brought back; a closed connection can not.',
  closeQuestion: (count: number) => `Close ${count} connections?`,
  closeText: 'The programs that use them see their connections reset.',
  close: 'Close them',
}
