/** What is said of recordings outside of their dialogs, which have texts of their own. */
export const captures = {
  title: 'Recordings',
  show: 'Show recordings',
  recordTitle: 'Record packets',
  recordItem: 'Record packets…',
  stopItem: 'Stop recording',
  recording: 'Recording',
  running: (count: number) =>
    count === 1 ? '1 recording is under way' : `${count} recordings are under way`,
}
