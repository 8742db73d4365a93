import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { KeyId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { CreatedKey, Key, Me, NewKey, NewPlatformKey, NewProject, NewUseCase, Project, UseCase } from './project.ts';

const projectQuery = { project: ProjectId.optional() };

export const projectEndpoints = defineEndpoints({
  getMe: { method: 'get', path: '/v1/me', role: 'viewer', summary: 'The key that asks: its role and project', response: Me },

  createProject: { method: 'post', path: '/v1/projects', role: 'admin', summary: 'Creates a project (platform administrators only)', body: NewProject, response: Project, status: 201 },
  listProjects: { method: 'get', path: '/v1/projects', role: 'viewer', summary: 'The projects that the key may see', query: z.object(pageQuery), response: pageOf(Project) },
  createKey: { method: 'post', path: '/v1/projects/{id}/keys', role: 'admin', summary: 'Makes a key for a project; it is shown this once', params: z.object({ id: ProjectId }), body: NewKey, response: CreatedKey, status: 201 },
  listKeys: { method: 'get', path: '/v1/projects/{id}/keys', role: 'admin', summary: 'The keys of a project, without the keys themselves', params: z.object({ id: ProjectId }), query: z.object(pageQuery), response: pageOf(Key) },
  createPlatformKey: { method: 'post', path: '/v1/keys', role: 'admin', summary: 'Makes a key for another administrator of the platform; it is shown this once (platform administrators only)', body: NewPlatformKey, response: CreatedKey, status: 201 },
  listPlatformKeys: { method: 'get', path: '/v1/keys', role: 'admin', summary: 'The keys of the platform’s administrators, without the keys themselves (platform administrators only)', query: z.object(pageQuery), response: pageOf(Key) },
  revokeKey: { method: 'delete', path: '/v1/keys/{id}', role: 'admin', summary: 'Revokes a key; it is refused everywhere within 5 seconds', params: z.object({ id: KeyId }), response: z.undefined(), status: 204 },

  createUseCase: { method: 'post', path: '/v1/use-cases', role: 'editor', summary: 'Declares a use case', body: NewUseCase, response: UseCase, status: 201 },
  listUseCases: { method: 'get', path: '/v1/use-cases', role: 'viewer', summary: 'The use cases of a project', query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(UseCase) },
  getUseCase: { method: 'get', path: '/v1/use-cases/{id}', role: 'viewer', summary: 'A use case', params: z.object({ id: UseCaseId }), response: UseCase },
  listUseCaseVocabulary: {
    method: 'get',
    path: '/v1/use-case-vocabulary',
    role: 'viewer',
    summary: 'The words that purposes can be declared with',
    response: z.object({ restricted: z.array(z.string()), neutral: z.array(z.string()) }),
  },
});
