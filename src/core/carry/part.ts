/**
 * What stands in a tree for more than its values: a rule, told by its name, parameters and topology; or an object, told by what its
 * `carry()` gave.
 */
export class Part {
  readonly of: 'rule' | 'object';
  readonly content: unknown;

  constructor(of: Part['of'], content: unknown) {
    this.of = of;
    this.content = content;
  }
}
