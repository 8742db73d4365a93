import { describe, expect, test } from 'vitest';
import { fillPath } from './endpoint.ts';

describe('fillPath', () => {
  test.each([
    ['/v1/ping', undefined, '/v1/ping'],
    ['/v1/models/{name}', { name: 'deepseek-v3' }, '/v1/models/deepseek-v3'],
    ['/v1/models/{name}/versions/{version}', { name: 'a', version: '1.0' }, '/v1/models/a/versions/1.0'],
    ['/v1/models/{name}', { name: 'a/b c?d#e%f:g' }, '/v1/models/a%2Fb%20c%3Fd%23e%25f%3Ag'],
    ['/v1/models/{name}', { name: 'ü' }, '/v1/models/%C3%BC'],
    ['/v1/{a}/{a}', { a: 'x' }, '/v1/x/x'],
    ['/v1/{a}', { a: '{b}', b: 'y' }, '/v1/%7Bb%7D'],
    ['/v1/prices:import', {}, '/v1/prices:import'],
  ])('%s with %j is %s', (path, params, filled) => {
    expect(fillPath(path, params)).toBe(filled);
  });

  test('names the parameter that is missing', () => {
    expect(() => fillPath('/v1/models/{name}/versions/{version}', { name: 'a' })).toThrow('path parameter "version" of /v1/models/{name}/versions/{version} is missing');
  });

  test.each(['..', '.'])('refuses %j, which would lead to another endpoint', (name) => {
    expect(() => fillPath('/v1/models/{name}/card', { name })).toThrow(TypeError);
  });
});
