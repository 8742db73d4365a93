import { skipToken, useQuery } from '@tanstack/react-query';
import type { WebhookDelivery } from '@weighbridge/inference-contracts';
import { inference } from '../../api/clients.ts';

/** A delivery with its tries; null: none is looked at. */
export function useDelivery(id: WebhookDelivery['id'] | null) {
  return useQuery({ queryKey: ['webhooks', 'delivery', id], queryFn: id === null ? skipToken : ({ signal }) => inference.getWebhookDelivery({ params: { id } }, { signal }) });
}
