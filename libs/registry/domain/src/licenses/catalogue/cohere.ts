import { attribution, creativeCommons, nonCommercial, nonCommercialPermissions } from './creative-commons.ts';
import { defineLicense, outputsUnsaid, propagates, silent } from './define-license.ts';

export const cohereNonCommercial = defineLicense({
  ...creativeCommons,
  id: 'LicenseRef-Cohere-CC-BY-NC-4.0-AUP',
  name: 'Cohere Labs CC-BY-NC License with Acceptable Use Addendum',
  title: 'C4AI / Cohere Labs CC-BY-NC License with Acceptable Use Addendum',
  steward: 'Cohere',
  source: 'cohere.com/c4ai-cc-by-nc-license; the addendum sentence only',
  licensors: ['Cohere', 'CohereForAI', 'CohereLabs', 'Cohere Labs'],
  permissions: { ...nonCommercialPermissions, 'patent-grant': silent() },
  obligations: attribution,
  limits: [{ ...nonCommercial('1(i), 2(a)(1)'), effect: 'request-license' }],
  unreadPolicy: { clause: 'Acceptable Use Addendum', text: 'An acceptable use policy, not read for this catalogue, is part of the licence.' },
  outputRule: outputsUnsaid(),
  propagation: propagates('pass-on-restrictions', 'review'),
  markers: { required: ['Acceptable Use Addendum', 'Attribution-NonCommercial 4.0 International'], supporting: ['c4ai-acceptable-use-policy'] },
  hfTags: [],
  links: ['cohere.com/c4ai-cc-by-nc-license', 'cohere.com/cohere-labs-cc-by-nc-license'],
  confidence: 'part',
});
