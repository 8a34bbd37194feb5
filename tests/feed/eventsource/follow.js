// Prints the position of each entry that the client is told of, a line each.
import { EventSource } from "eventsource";

const source = new EventSource(process.argv[2]);
source.onmessage = event => console.log(event.lastEventId);
