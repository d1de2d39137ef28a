/** A request with parameters `P` and result `R`; the method name carries both types. */
export interface RequestMethod<P, R> {
  readonly method: string;
  readonly types?: [P, R];
}
/** A notification with parameters `P`. */
export interface NotificationMethod<P> {
  readonly method: string;
  readonly types?: [P];
}
/** Names a request. */
export const request = <P, R>(method: string): RequestMethod<P, R> => ({ method });
/** Names a notification. */
export const notification = <P>(method: string): NotificationMethod<P> => ({ method });
