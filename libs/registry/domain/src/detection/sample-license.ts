/** A licence that nobody grants, to try recognition with: a title, a placeholder, numbered clauses, an appendix. */
export const sampleLicense = `Harbour Scale Model License

Copyright (c) <year> <owner>

1. Grant. The Licensor hereby lets every person who receives the Model weigh it, carry it, and show it to others, at no charge and for as long as the person keeps to these terms.

2. Passing it on. Whoever gives the Model to another shall give these terms with it, word for word, and shall say in plain language what has been changed since it was received.

3. Limits. An undertaking whose products had more than 700 million monthly visitors in the month before the Model came out shall ask the Licensor for terms of its own before it begins.

4. Field of use. The Model may not be used:
   a. to guide a weapon, or to choose whom a weapon is turned against;
   b. to decide alone, without a person who can overrule it, about work, credit or shelter;
   c. to pass off what it wrote as the words of a living person who did not agree.

5. Names. Nothing here gives a right to the Licensor's names and marks, beyond saying truthfully where the Model came from.

6. No promise. The Model comes as it is. The Licensor promises nothing about it, and answers for no damage that comes from using it, as far as the law of the harbour allows.

7. Ending. These terms end for whoever breaks them and does not set it right within 30 days of being told; clauses 5 and 6 outlast them.

END OF THE TERMS

Appendix: how to put these terms on a model of your own

Place this text in a file beside the weights, put the year and your own name where the brackets stand, and say in the description of the model that these are its terms.
`;

/** Another, half of which reads as the first: what families of licences look like. */
export const sampleSister = sampleLicense
  .replace('Harbour Scale Model License', 'Harbour Scale Research License')
  .replace('more than 700 million monthly visitors', 'more than 10 thousand monthly visitors')
  .replace('5. Names.', '5. Research. The Model serves research and nothing else, and no product is made from it or with it, whoever pays.\n\n6. Names.')
  .replace('6. No promise.', '7. No promise.')
  .replace('7. Ending.', '8. Ending.')
  .replace('clauses 5 and 6 outlast', 'clauses 6 and 7 outlast');
