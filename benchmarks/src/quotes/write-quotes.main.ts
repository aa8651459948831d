import { writeQuotes } from "./write-quotes.ts";

writeQuotes();
