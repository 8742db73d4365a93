import { Alert, Button, Group, NumberInput, Select, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { EmptyState, PageHeader, Panel } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useUseCases } from '../../queries/use-use-cases.ts';
import { useScope } from '../../scope/project-scope.tsx';
import { AnswerPane } from './answer-pane.tsx';
import { useAnswers } from './use-answers.ts';
import { useDeployedVersions } from './use-deployed-versions.ts';

/** Two models side by side on one question, through the same door as every request. */
export function PlaygroundPage() {
  const { may, project, isPlatform } = useScope();
  const [params, setParams] = useSearchParams();
  const useCases = useUseCases().data ?? [];
  const versions = useDeployedVersions().data ?? [];
  const [system, setSystem] = useState('');
  const [prompt, setPrompt] = useState('What is 17 plus 25?');
  const [maxTokens, setMaxTokens] = useState(128);
  const [temperature, setTemperature] = useState(0);
  const { answers, running, ask, stop } = useAnswers();

  const useCase = params.get('use') ?? useCases[0]?.id ?? null;
  const models = [params.get('left') ?? versions[0] ?? null, params.get('right')];
  const chosen = models.filter((model) => model !== null);
  const set = (name: string, value: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === null) after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });
  const start = () => useCase !== null && ask(chosen.map((model) => ({ model, useCase, project, system, prompt, maxTokens, temperature })));

  if (isPlatform && project === undefined)
    return (
      <Page>
        <PageHeader title="Playground" />
        <Panel>
          <EmptyState title="Choose a project first">Every request is somebody’s: its use case decides, and its budget pays.</EmptyState>
        </Panel>
      </Page>
    );

  return (
    <Page>
      <PageHeader title="Playground" description="One question to two models, side by side: decided, queued, metered and paid like every other request." />
      <Panel>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <Select label="Use case" placeholder="Choose a use case" searchable value={useCase} onChange={(value) => set('use', value)} data={useCases.map(({ id, name }) => ({ value: id, label: name }))} />
            <Select label="Model" placeholder="Choose a version" searchable value={models[0] ?? null} onChange={(value) => set('left', value)} data={versions} />
            <Select label="Beside it" placeholder="None" searchable clearable value={models[1] ?? null} onChange={(value) => set('right', value)} data={versions} />
          </SimpleGrid>
          <Textarea label="Instructions" placeholder="None" autosize minRows={1} maxRows={6} value={system} onChange={(event) => setSystem(event.currentTarget.value)} />
          <Textarea label="Question" autosize minRows={2} maxRows={12} value={prompt} onChange={(event) => setPrompt(event.currentTarget.value)} />
          <Group align="flex-end" gap="sm">
            <NumberInput label="Output tokens, at most" min={1} max={100_000} allowDecimal={false} value={maxTokens} onChange={(value) => typeof value === 'number' && setMaxTokens(value)} w={180} />
            <NumberInput label="Temperature" min={0} max={2} step={0.1} decimalScale={2} value={temperature} onChange={(value) => typeof value === 'number' && setTemperature(value)} w={140} />
            {running ? (
              <Button variant="default" leftSection={<IconPlayerStop size={16} />} onClick={stop}>
                Stop
              </Button>
            ) : (
              <Button leftSection={<IconPlayerPlay size={16} />} disabled={!may('runner') || useCase === null || chosen.length === 0 || prompt.trim() === ''} onClick={start}>
                Ask
              </Button>
            )}
          </Group>
          {useCases.length === 0 ? (
            <Alert color="brass">
              A request needs a use case. <TextLink to="/use-cases" inText>Declare one</TextLink> first.
            </Alert>
          ) : null}
        </Stack>
      </Panel>
      <SimpleGrid cols={{ base: 1, md: chosen.length === 2 ? 2 : 1 }} spacing="lg" style={{ alignItems: 'start' }}>
        {chosen.map((model, index) => (
          <AnswerPane key={`${index}${model}`} model={model} useCase={useCase} answer={answers[index] ?? null} />
        ))}
      </SimpleGrid>
    </Page>
  );
}
