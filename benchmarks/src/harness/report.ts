export { type Machine, machine, machineText } from "./machine.ts";
