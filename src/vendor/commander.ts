/** What reads a command line. */
export { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
