// Every word of the interface, in English. Another language is another file like this one, named in index.ts.
// What the assistant says comes from the server and is not here.

/** Texts of the launcher. */
export const launcherTexts = {
  label: 'Ask a question',
  goOn: 'Continue',
  unread: 'New answer',
  failed: 'The chat could not be loaded. Please try again.',
};

/** Texts of the panel. */
export const panelTexts = {
  heading: 'Questions about microneedling',
  notice: 'General information, not medical advice.',
  close: 'Close the chat',
  more: 'More',
  conversation: 'Conversation',

  greeting:
    'Hello. Ask me how microneedling works, how to prepare, or how to care for your skin afterwards. ' +
    'You get a short answer with its sources.',
  suggestions: ['What does it cost?', 'Does it hurt?', 'Is it right for me?', 'How long will my skin stay red?'],
  suggested: 'Suggested questions',

  field: 'Your question',
  placeholder: 'Your question …',
  send: 'Send',
  left: (count: number) => (count === 1 ? '1 character left' : `${count} characters left`),
  tooLong: (count: number) => `${count} too many. A message has at most 1,000 characters.`,

  you: 'You',
  assistant: 'Assistant',
  writing: 'The assistant is writing …',
  sources: (count: number) => (count === 1 ? '1 source' : `${count} sources`),
  source: (place: number) => `Source ${place}`,
  details: 'More',
  basisSafety: 'Common sense, not from a source',
  basisClinic: 'From the clinic',
  differ: 'The articles differ here',
  sourcesDiffer: 'Sources differ',
  didYouMean: 'Did you mean',
  related: 'Related questions',
  isOver: 'This question is over.',
  newBelow: (count: number) => (count === 1 ? 'New answer' : `${count} new answers`),
  moreBelow: (count: number) => (count === 1 ? '1 more answer below' : `${count} more answers below`),
  answers: (count: number) => `${count} answers:`,
  offered: (titles: string) => `Offered: ${titles}`,

  urgent: 'Urgent advice',
  emergency: 'Immediate action required',
  call: (number: string) => `Call ${number}`,
  callClinic: 'Call the clinic',
  callClinicOn: (number: string) => `Call the clinic: ${number.replaceAll(' ', '\u00a0')}`,

  book: 'Book an appointment',

  person: 'Talk to a person',
  personAsked: 'I would like to talk to a person',

  treatment: 'My treatment',
  treatmentHint: 'When was your treatment, or when will it be? You get the days afterwards as a timeline.',
  moment: 'Day and time',
  momentMissing: 'Please choose a day and a time.',
  showTimeline: 'Show my timeline',
  // the same words as the assistant's own (picked_past and picked_future in data/en/aftercare_wording.yml)
  treated: (moment: string) => `I was treated on ${moment}`,
  willBeTreated: (moment: string) => `My session is on ${moment}`,
  day: (moment: Date, now: Date, time: string) => {
    const [weekday, month] = (['weekday', 'month'] as const).map((part) =>
      moment.toLocaleDateString('en-GB', { [part]: part === 'month' ? 'long' : 'short' }),
    );
    const year = moment.getFullYear() === now.getFullYear() ? '' : ` ${moment.getFullYear()}`;
    return `${weekday} ${moment.getDate()} ${month}${year}${time === '00:00' ? '' : `, ${time}`}`;
  },
  timeline: 'Your timeline',
  states: { past: 'Past', now: 'Now', upcoming: 'Later' },
  groups: { avoid: 'Leave off', do: 'Do', normal: 'Normal now' },
  noEnd: 'no end date',
  laterSteps: (count: number) => `${count} more later`,
  nextEnd: (title: string, moment: string, over?: string) => (over ? `${over}: ${moment}` : `Next: ${title} – until ${moment}`),
  nextStart: (title: string, moment: string) => `Next: ${title} – ${moment}`,
  asOf: (moment: string) => `As of ${moment}`,
  fineSince: (moment: string) => `That time has come: fine since ${moment}.`,
  until: (moment: string) => `until ${moment}`,
  from: (moment: string) => `from ${moment}`,
  earlier: (count: number) => (count === 1 ? '1 earlier step' : `${count} earlier steps`),
  calendar: 'Add to calendar',
  change: 'Change the date',
  cancel: 'Cancel',

  helped: 'This helped',
  helpedNot: 'This did not help',
  missing: 'What was missing? (optional)',
  sendComment: 'Send comment',
  thanks: 'Thank you.',

  copy: 'Copy this answer',
  copied: 'Copied.',
  copyFailed: 'Copying did not work.',
  print: 'Print this answer',
  share: 'Share this answer',

  erase: 'Delete my conversation',
  eraseAsk: 'Delete this conversation?',
  eraseHint: 'Everything that you and the assistant have written is erased for good.',
  eraseYes: 'Delete it',
  eraseNo: 'Keep it',
  erased: 'Your conversation was deleted.',

  waiting: 'Waiting for a connection. It will be sent by itself.',
  waitingBusy: 'Waiting. It will be sent by itself.',
  refused: 'Not sent.',
  noLongerFits: 'That button no longer fits. Please write your question.',
  offline: 'You are offline. What you write is kept and sent later.',
  unreachable: 'The assistant can’t be reached right now. Trying again by itself.',
  slow: 'That was a little too fast for the assistant.',
  broken: 'Something went wrong on our side.',
  unready: 'The assistant is not ready yet.',
  retry: 'Try again',
  retryIn: (seconds: number) => `Trying again in ${seconds} s`,
  newSession: 'A new conversation starts here. What is above stays until you leave this page.',
};
