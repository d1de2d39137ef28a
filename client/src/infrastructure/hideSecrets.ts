/** Values in messages between client and server that nobody is to read, not even the one who asks for a trace. */
const SECRET = /("(?:token|secret|Cookie|X-XSRFToken)"\s*:\s*)"(?:[^"\\]|\\.)*"/g;

/** A text of a trace without the tokens and passwords of notebooks. */
export const hideSecrets = (text: string): string => text.replace(SECRET, '$1"…"');
