import { defineLicense, propagates, yes } from './define-license.ts';
import { addedClauses, granted, softwareText } from './osi-permissive.ts';

/** Nothing is asked, not even a notice, and nothing travels. */
export const zeroBsd = defineLicense({
  ...softwareText,
  id: '0BSD',
  name: 'BSD Zero Clause License',
  title: 'BSD Zero Clause License',
  family: 'BSD',
  source: 'SPDX 0BSD',
  permissions: granted('~1'),
  propagation: propagates('none', 'none'),
  markers: { required: ['Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted.'], absent: [...addedClauses, 'provided that the above copyright notice'] },
  hfTags: ['0bsd'],
});

export const unlicense = defineLicense({
  ...softwareText,
  id: 'Unlicense',
  name: 'The Unlicense',
  title: 'The Unlicense',
  family: 'Public domain',
  source: 'SPDX Unlicense',
  permissions: granted('~2'),
  propagation: propagates('none', 'none'),
  markers: { required: ['This is free and unencumbered software released into the public domain', 'Anyone is free to copy, modify, publish, use, compile, sell, or distribute this software'], absent: ['commons clause', 'monthly active users'] },
  hfTags: ['unlicense'],
  notes: ['A dedication to the public domain, with a permission for where that is not possible; patents are not mentioned.'],
});

export const mitNoAttribution = defineLicense({
  ...softwareText,
  id: 'MIT-0',
  name: 'MIT No Attribution',
  title: 'MIT No Attribution',
  family: 'MIT',
  source: 'SPDX MIT-0',
  permissions: { ...granted('~1'), sublicensing: yes('~1') },
  propagation: propagates('none', 'none'),
  markers: { required: ['Permission is hereby granted, free of charge, to any person obtaining a copy', 'and to permit persons to whom the Software is furnished to do so.'], absent: [...addedClauses, 'subject to the following conditions', 'copies or substantial portions'] },
  hfTags: ['mit-0'],
});

export const wtfpl = defineLicense({
  ...softwareText,
  id: 'WTFPL',
  name: 'Do What The F*ck You Want To Public License',
  title: 'DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE, Version 2, December 2004',
  family: 'Public domain',
  source: 'SPDX WTFPL',
  osiApproved: false,
  permissions: granted('0'),
  propagation: propagates('none', 'none'),
  markers: { required: ['DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE', 'You just DO WHAT THE FUCK YOU WANT TO'], absent: ['commons clause'] },
  hfTags: ['wtfpl'],
});
