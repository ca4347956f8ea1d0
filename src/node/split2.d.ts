import "split2";

declare module "split2" {
  interface Options {
    /** Drop a line beyond `maxLength` and go on with the next one, in place of an error. */
    skipOverflow?: boolean;
  }
}
