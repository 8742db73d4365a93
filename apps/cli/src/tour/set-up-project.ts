import { createClients } from './clients.ts';
import type { Clients } from './clients.ts';
import type { Report } from './report.ts';
import type { TourState } from './tour-state.ts';

/** 1. A project, what it wants to do, and keys for that. */
export async function setUpProject(origin: string, admin: Clients, report: Report): Promise<Pick<TourState, 'project' | 'support' | 'supportKeyId' | 'supportUseCase' | 'triage' | 'triageUseCase' | 'evaluationUseCase'>> {
  report.step('A project, its use cases, a key');
  const project = await admin.registry.createProject({ body: { name: `support ${new Date().toISOString().slice(0, 16).replace('T', ' ')}` } });

  const support = await admin.registry.createUseCase({
    body: {
      project: project.id,
      name: 'support answers',
      description: 'Answers to customers’ questions, read by the customers.',
      facts: { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU'], distribution: 'service', trainOnOutputs: false },
    },
  });
  const triage = await admin.registry.createUseCase({
    body: {
      project: project.id,
      name: 'claim triage',
      description: 'Accepts or refuses customers’ claims, without a person in between.',
      facts: {
        purposes: ['automated-decision'],
        conditions: ['fully-automated'],
        commercial: true,
        monthlyActiveUsers: 20_000,
        annualRevenueUsd: 8_000_000,
        regions: ['EU'],
        distribution: 'service',
        trainOnOutputs: false,
      },
    },
  });
  const evaluation = await admin.registry.createUseCase({
    body: {
      project: project.id,
      name: 'model evaluation',
      facts: { purposes: ['evaluation'], commercial: true, monthlyActiveUsers: 10, annualRevenueUsd: 8_000_000, regions: ['EU'], distribution: 'internal', trainOnOutputs: false },
    },
  });
  report.table(
    ['use case', 'purposes', 'monthly users', 'regions', 'reached as'],
    [support, triage, evaluation].map(({ name, facts }) => [name, facts.purposes.join(', '), String(facts.monthlyActiveUsers ?? 'unknown'), facts.regions.join(', '), facts.distribution]),
  );

  const supportKey = await admin.registry.createKey({ params: { id: project.id }, body: { name: 'support service', role: 'editor', useCaseId: support.id } });
  const triageKey = await admin.registry.createKey({ params: { id: project.id }, body: { name: 'claim triage', role: 'runner', useCaseId: triage.id } });
  report.line(`project ${project.name} (${project.id}); keys ${supportKey.hint} and ${triageKey.hint}`);
  const me = await createClients(origin, supportKey.token).registry.getMe();
  report.expect('a new key works at once and belongs to its project', me.project?.id === project.id);
  return {
    project: { id: project.id, name: project.name },
    support: createClients(origin, supportKey.token),
    supportKeyId: supportKey.id,
    supportUseCase: support.id,
    triage: createClients(origin, triageKey.token),
    triageUseCase: triage.id,
    evaluationUseCase: evaluation.id,
  };
}
