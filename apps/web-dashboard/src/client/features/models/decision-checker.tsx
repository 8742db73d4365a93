import { Select, SimpleGrid, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { UseCaseFacts } from '@weighbridge/registry-domain';
import { Panel } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { fieldFaults } from '../../api/error-text.ts';
import { FactsForm, ordinaryFacts } from '../../pieces/facts-form.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { useUseCases } from '../../queries/use-use-cases.ts';
import { DecisionAnswer } from './decision-answer.tsx';
import { RequestApproval } from './request-approval.tsx';
import { useDecision } from '../../queries/use-decision.ts';

/** May this version be used for that? Answers while the facts are typed; a declared use case fills them in. */
export function DecisionChecker({ reference }: { readonly reference: string }) {
  const useCases = useUseCases();
  const [facts, setFacts] = useState<UseCaseFacts>(ordinaryFacts);
  const [declared, setDeclared] = useState<string | null>(null);
  const [settled] = useDebouncedValue(facts, 250);
  const decision = useDecision(reference, declared ?? (settled.purposes.length === 0 ? null : settled));

  const choose = (id: string | null) => {
    setDeclared(id);
    const chosen = useCases.data?.find((useCase) => useCase.id === id);
    if (chosen !== undefined) setFacts(chosen.facts);
  };
  const change = (next: UseCaseFacts) => {
    setDeclared(null);
    setFacts(next);
  };

  return (
    <Panel title="May I use it for that?" description="The licence of this version and of everything it was made from, against the facts of a use. The same decision is enforced on every request.">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="sm">
          {(useCases.data?.length ?? 0) === 0 ? null : (
            <Select label="A declared use case" placeholder="None: describe one below" clearable value={declared} onChange={choose} data={useCases.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []} />
          )}
          <FactsForm facts={facts} onChange={change} faults={fieldFaults(decision.error)} />
        </Stack>
        <div style={{ opacity: decision.isPlaceholderData ? 0.55 : 1, transition: 'opacity 120ms' }}>
          <QueryView query={decision}>
            {(data) => (
              <>
                <DecisionAnswer decision={data} />
                {data.decision === 'review' && declared !== null ? <RequestApproval key={`${reference}${declared}`} reference={reference} useCase={declared} /> : null}
              </>
            )}
          </QueryView>
        </div>
      </SimpleGrid>
    </Panel>
  );
}
