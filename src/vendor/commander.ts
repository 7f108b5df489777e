/** What reads a command line. */
export { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
